#include "pattern.hpp"

#include <utility>

Pattern::Pattern(int width, int height)
    : width_(width), height_(height), colours_(width * height) {}

int Pattern::at(int x, int y) const { return inside(x, y) ? colours_[y * width_ + x] : 0; }

void Pattern::set(int x, int y, int colour) {
    if (inside(x, y)) colours_[y * width_ + x] = colour;
}

int Pattern::stitched() const {
    int count = 0;
    for (int place = 0; place < width_ * height_; ++place) {
        if (colours_[place] != 0) ++count;
    }
    return count;
}

void Pattern::resize(int width, int height) {
    std::vector<int> fresh(width * height);
    for (int y = 0; y < height && y < height_; ++y) {
        for (int x = 0; x < width && x < width_; ++x) fresh[y * width + x] = at(x, y);
    }
    colours_ = std::move(fresh);
    width_ = width;
    height_ = height;
}

bool Pattern::inside(int x, int y) const { return x >= 0 && y >= 0 && x < width_ && y < height_; }
