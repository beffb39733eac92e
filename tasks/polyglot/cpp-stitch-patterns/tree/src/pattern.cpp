#include "pattern.hpp"

Pattern::Pattern(int width, int height)
    : width_(width), height_(height), colours_(new int[width * height]()) {}

Pattern::~Pattern() { delete[] colours_; }

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
    int* fresh = new int[width * height]();
    for (int y = 0; y < height && y < height_; ++y) {
        for (int x = 0; x < width && x < width_; ++x) fresh[y * width + x] = at(x, y);
    }
    delete[] colours_;
    colours_ = fresh;
    width_ = width;
    height_ = height;
}

bool Pattern::inside(int x, int y) const { return x >= 0 && y >= 0 && x < width_ && y < height_; }
