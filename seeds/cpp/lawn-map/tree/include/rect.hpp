// Rectangles of whole decimetres.
#pragma once

#include <vector>

struct Rect {
    int left;
    int top;
    int width;
    int height;

    int right() const { return left + width; }    // the first column that is not inside
    int bottom() const { return top + height; }   // the first row that is not inside
    bool empty() const { return width <= 0 || height <= 0; }
    long area() const;

    bool has(int x, int y) const;
    // Whether all of the other one, which is not empty, is inside.
    bool covers(const Rect& other) const;
};

bool operator==(const Rect& one, const Rect& other);

// What two rectangles have in common; empty when they only touch.
Rect common(const Rect& one, const Rect& other);

// How long the side is that two rectangles share; 0 when they overlap, or touch at a corner only.
int shared_side(const Rect& one, const Rect& other);

// What is left of a rectangle when another is cut out: up to four pieces that do not overlap. The
// piece above and the piece below keep the whole width.
std::vector<Rect> without(const Rect& from, const Rect& cut);
