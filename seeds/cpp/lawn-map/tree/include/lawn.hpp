// A lawn: rectangles put together, others cut out.
#pragma once

#include <vector>

#include "rect.hpp"

// A run of the mower along a row: the columns from `from` to the one before `to`, from left to
// right, or from right to left when `from` is the larger one (it begins at the column before it).
struct Run {
    int y;
    int from;
    int to;
};

class Lawn {
public:
    // Adds lawn; what is lawn already stays so. False when the rectangle is empty.
    bool add(const Rect& rect);

    // Cuts a bed out. Returns how many square decimetres of lawn are gone.
    long cut(const Rect& rect);

    // How much is mown, in square decimetres.
    long area() const;

    // Whether a place is lawn; whether all of a rectangle is (an empty one is not).
    bool has(int x, int y) const;
    bool covers(const Rect& rect) const;

    // The smallest rectangle around all lawn; empty at 0, 0 when there is none.
    Rect bounds() const;

    // The length of the wire around the lawn, and around the beds in it.
    long edge() const;

    // How many lawns there are between which the mower cannot drive; corners are no way.
    int parts() const;

    // The runs of the mower in rows that are `step` apart, from the top row down. Each row is cut
    // where there is no lawn. The first row goes to the right, the next to the left, and so on;
    // rows without lawn do not count. No runs for a step below 1.
    std::vector<Run> runs(int step) const;

private:
    std::vector<Run> row(int y) const;

    std::vector<Rect> pieces_;  // do not overlap
};
