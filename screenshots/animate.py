#!/usr/bin/python3
"""Makes one animated GIF of pictures of one size.

    animate.py OUT.gif MILLISECONDS PICTURE.png...

Every picture shows for that long; one that equals the picture before lengthens it instead.
"""
import sys

from PIL import Image, ImageChops

COLOURS = 64  # one palette for all: what does not change is not sent again


def palette_of(pictures):
    """A palette of what the first, the middle and the last picture show."""
    chosen = [pictures[0], pictures[len(pictures) // 2], pictures[-1]]
    width, height = chosen[0].size
    together = Image.new("RGB", (width, height * len(chosen)))
    for i, picture in enumerate(chosen):
        together.paste(picture, (0, i * height))
    return together.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def main():
    if len(sys.argv) < 4 or not sys.argv[2].isdigit():
        sys.exit("usage: animate.py OUT.gif MILLISECONDS PICTURE.png...")
    every = int(sys.argv[2])
    pictures = [Image.open(name).convert("RGB") for name in sys.argv[3:]]
    if len({picture.size for picture in pictures}) != 1:
        sys.exit("animate.py: the pictures differ in size")
    palette = palette_of(pictures)
    frames, durations = [], []
    before = None
    for picture in pictures:
        if before is not None and not ImageChops.difference(before, picture).getbbox():
            durations[-1] += every
            continue
        frames.append(picture.quantize(palette=palette, dither=Image.Dither.NONE))
        durations.append(every)
        before = picture
    frames[0].save(sys.argv[1], save_all=True, append_images=frames[1:], duration=durations,
                   loop=0, optimize=False, disposal=1)


if __name__ == "__main__":
    main()
