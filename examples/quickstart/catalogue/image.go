package catalogue

import (
	"bytes"
	"context"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
)

// Image is a picture as a raw response.
type Image struct {
	ContentType string `header:"Content-Type"`
	CacheFor    string `header:"Cache-Control"`
	Data        []byte `body:""`
}

// Image draws the product's badge: a square in a colour of its own.
func (*Service) Image(_ context.Context, in GetInput) (Image, error) {
	p, err := find(in.SKU)
	if err != nil {
		return Image{}, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, badge(p.SKU)); err != nil {
		return Image{}, err
	}
	return Image{ContentType: "image/png", CacheFor: "max-age=86400", Data: b.Bytes()}, nil
}

func badge(name string) image.Image {
	h := fnv.New32a()
	h.Write([]byte(name))
	sum := h.Sum32()
	fill := color.RGBA{R: uint8(sum), G: uint8(sum >> 8), B: uint8(sum >> 16), A: 255}
	return &uniform{image.NewUniform(fill)}
}

// uniform is a 16 by 16 square of one colour.
type uniform struct{ *image.Uniform }

func (uniform) Bounds() image.Rectangle { return image.Rect(0, 0, 16, 16) }
