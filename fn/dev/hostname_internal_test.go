package dev

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestTheGatewayAnswersUnderNamesOfThisMachineAlone(t *testing.T) {
	h := onlyHere("shop.example.com:8080", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for host, want := range map[string]int{
		"localhost": 204, "localhost:8080": 204, "LOCALHOST.:8080": 204, "app.localhost:8080": 204, "127.0.0.1:8080": 204, "[::1]:8080": 204, "[::1]": 204, "192.0.2.7": 204,
		"laptop:8080": 204, "laptop.local:8080": 204, "host.docker.internal:8080": 204, "shop.example.com:8080": 204, "": 204,
		"evil.example:8080": 403, "localhost.evil.example": 403, "127.0.0.1.evil.example:8080": 403, "evil.example.": 403, "shop.example.com.evil.example": 403,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		rec := httptest.NewRecorder()
		if h.ServeHTTP(rec, r); rec.Code != want {
			t.Errorf("%q: %d, want %d", host, rec.Code, want)
		}
	}
}
