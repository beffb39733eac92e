// A pattern for cross-stitch: a grid of colours. Patterns are values: a copy is a pattern of its own.
#pragma once

class Pattern {
public:
    Pattern(int width, int height);
    ~Pattern();

    int width() const { return width_; }
    int height() const { return height_; }

    // The colour of a stitch; 0 outside of the grid.
    int at(int x, int y) const;
    // Colours a stitch; outside of the grid nothing happens.
    void set(int x, int y, int colour);

    // The stitches that have a colour other than 0.
    int stitched() const;

    // Makes the grid larger or smaller; stitches that are still inside keep their colour.
    void resize(int width, int height);

private:
    bool inside(int x, int y) const;

    int width_;
    int height_;
    int* colours_;
};
