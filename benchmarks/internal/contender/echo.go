package contender

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// Echo binds with echo's binder and validates with validator.
func Echo(routes int) http.Handler {
	e := echo.New()
	for _, path := range work.OtherRoutes(routes-3, ":", "") {
		e.GET(path, func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	}
	e.GET("/things/:id", func(c echo.Context) error {
		in := work.GetInput{ID: c.Param("id"), Limit: 20, Tenant: c.Request().Header.Get("X-Tenant")}
		if err := echo.QueryParamsBinder(c).Strings("tag", &in.Tags).Int("limit", &in.Limit).BindError(); err != nil {
			return c.JSON(400, byhand.NewProblem(err))
		}
		return echoAnswer(c, in, func() any { return work.Get(in) })
	})
	e.POST("/orders", func(c echo.Context) error {
		var in work.Order
		if err := c.Bind(&in); err != nil {
			return c.JSON(400, byhand.NewProblem(err))
		}
		return echoAnswer(c, in, func() any { return work.Post(in) })
	})
	e.POST("/hook", func(c echo.Context) error {
		var in work.Hook
		if err := c.Bind(&in); err != nil {
			return c.JSON(400, byhand.NewProblem(err))
		}
		return echoAnswer(c, in, func() any { return work.Form(in) })
	})
	return e
}

func echoAnswer(c echo.Context, in any, out func() any) error {
	if err := byhand.Validate.Struct(in); err != nil {
		return c.JSON(422, byhand.NewProblem(err))
	}
	return c.JSON(200, out())
}
