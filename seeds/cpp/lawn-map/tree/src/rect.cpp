#include "rect.hpp"

namespace {

int lower(int one, int other) { return one < other ? one : other; }
int higher(int one, int other) { return one > other ? one : other; }

}  // namespace

long Rect::area() const { return empty() ? 0 : static_cast<long>(width) * height; }

bool Rect::has(int x, int y) const {
    return x >= left && x < right() && y >= top && y < bottom();
}

bool Rect::covers(const Rect& other) const {
    const bool across = other.left >= left && other.right() <= right();
    const bool down = other.top >= top && other.bottom() <= bottom();
    return across && down;
}

bool operator==(const Rect& one, const Rect& other) {
    return one.left == other.left && one.top == other.top && one.width == other.width &&
           one.height == other.height;
}

Rect common(const Rect& one, const Rect& other) {
    const int left = higher(one.left, other.left);
    const int top = higher(one.top, other.top);
    const int right = lower(one.right(), other.right());
    const int bottom = lower(one.bottom(), other.bottom());
    return {left, top, right - left, bottom - top};
}

int shared_side(const Rect& one, const Rect& other) {
    const Rect both = common(one, other);
    if (both.width == 0 && both.height > 0) return both.height;
    if (both.height == 0 && both.width > 0) return both.width;
    return 0;
}

std::vector<Rect> without(const Rect& from, const Rect& cut) {
    const Rect hole = common(from, cut);
    if (hole.empty()) return {from};
    std::vector<Rect> pieces;
    const Rect above{from.left, from.top, from.width, hole.top - from.top};
    const Rect below{from.left, hole.bottom(), from.width, from.bottom() - hole.bottom()};
    const Rect before{from.left, hole.top, hole.left - from.left, hole.height};
    const Rect behind{hole.right(), hole.top, from.right() - hole.right(), hole.height};
    if (!above.empty()) pieces.push_back(above);
    if (!before.empty()) pieces.push_back(before);
    if (!behind.empty()) pieces.push_back(behind);
    if (!below.empty()) pieces.push_back(below);
    return pieces;
}
