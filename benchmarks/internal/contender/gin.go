package contender

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// Gin binds with gin's own tags and validates with validator, which gin calls by
// another tag.
func Gin(routes int) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	for _, path := range work.OtherRoutes(routes-3, ":", "") {
		r.GET(path, func(c *gin.Context) { c.Status(http.StatusNoContent) })
	}
	r.GET("/things/:id", func(c *gin.Context) {
		var q struct {
			Tags  []string `form:"tag"`
			Limit int      `form:"limit,default=20"`
		}
		if err := c.ShouldBindQuery(&q); err != nil {
			c.JSON(400, byhand.NewProblem(err))
			return
		}
		in := work.GetInput{ID: c.Param("id"), Tags: q.Tags, Limit: q.Limit, Tenant: c.GetHeader("X-Tenant")}
		ginAnswer(c, in, func() any { return work.Get(in) })
	})
	r.POST("/orders", func(c *gin.Context) {
		var in work.Order
		if err := c.ShouldBindJSON(&in); err != nil {
			c.JSON(400, byhand.NewProblem(err))
			return
		}
		ginAnswer(c, in, func() any { return work.Post(in) })
	})
	r.POST("/hook", func(c *gin.Context) {
		var in work.Hook
		if err := c.ShouldBind(&in); err != nil {
			c.JSON(400, byhand.NewProblem(err))
			return
		}
		ginAnswer(c, in, func() any { return work.Form(in) })
	})
	return r
}

func ginAnswer(c *gin.Context, in any, out func() any) {
	if err := byhand.Validate.Struct(in); err != nil {
		c.JSON(422, byhand.NewProblem(err))
		return
	}
	c.JSON(200, out())
}
