#!/usr/bin/env python3
"""Draws vodscope.svg's shapes to the PNG icons; needs Pillow, but no SVG renderer."""

from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
SIZES = [64, 256]
# Drawn large and scaled down, which smooths the edges.
SCALE = 8
PURPLE = (0x5A, 0x4F, 0xD0, 255)
WHITE = (255, 255, 255, 255)


def dot(draw, x, y, radius):
    draw.ellipse([n * SCALE for n in (x - radius, y - radius, x + radius, y + radius)], fill=WHITE)


def stroke(draw, points, width):
    """A line with round caps and joints."""
    draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=WHITE, width=width * SCALE)
    for x, y in points:
        dot(draw, x, y, width / 2)


def icon():
    side = 256 * SCALE
    image = Image.new("RGBA", (side, side), PURPLE[:3] + (0,))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle([0, 0, side - 1, side - 1], radius=60 * SCALE, fill=PURPLE)
    outer, width = 63 + 9.5, 19
    ring = [n * SCALE for n in (118 - outer, 116 - outer, 118 + outer, 116 + outer)]
    draw.ellipse(ring, outline=WHITE, width=width * SCALE)
    stroke(draw, [(164, 162), (203, 201)], width)
    triangle = [(102, 91), (143, 116), (102, 141)]
    draw.polygon([(x * SCALE, y * SCALE) for x, y in triangle], fill=WHITE)
    stroke(draw, [*triangle, triangle[0]], 8)
    return image


if __name__ == "__main__":
    drawn = icon()
    for size in SIZES:
        drawn.resize((size, size), Image.Resampling.LANCZOS).save(HERE / f"vodscope-{size}.png", optimize=True)
