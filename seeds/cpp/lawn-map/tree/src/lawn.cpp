#include "lawn.hpp"

bool Lawn::add(const Rect& rect) {
    if (rect.empty()) return false;
    std::vector<Rect> fresh{rect};
    for (const Rect& piece : pieces_) {
        std::vector<Rect> left;
        for (const Rect& part : fresh) {
            for (const Rect& rest : without(part, piece)) left.push_back(rest);
        }
        fresh = left;
    }
    for (const Rect& part : fresh) pieces_.push_back(part);
    return true;
}

long Lawn::cut(const Rect& rect) {
    const long before = area();
    if (rect.empty()) return 0;
    std::vector<Rect> left;
    for (const Rect& piece : pieces_) {
        for (const Rect& rest : without(piece, rect)) left.push_back(rest);
    }
    pieces_ = left;
    return before - area();
}

long Lawn::area() const {
    long total = 0;
    for (const Rect& piece : pieces_) total += piece.area();
    return total;
}

bool Lawn::has(int x, int y) const {
    for (const Rect& piece : pieces_) {
        if (piece.has(x, y)) return true;
    }
    return false;
}

bool Lawn::covers(const Rect& rect) const {
    if (rect.empty()) return false;
    long covered = 0;
    for (const Rect& piece : pieces_) {
        if (piece.covers(rect)) return true;
        covered += common(piece, rect).area();
    }
    return covered == rect.area();
}

Rect Lawn::bounds() const {
    if (pieces_.empty()) return {0, 0, 0, 0};
    int left = pieces_[0].left;
    int top = pieces_[0].top;
    int right = pieces_[0].right();
    int bottom = pieces_[0].bottom();
    for (const Rect& piece : pieces_) {
        if (piece.left < left) left = piece.left;
        if (piece.top < top) top = piece.top;
        if (piece.right() > right) right = piece.right();
        if (piece.bottom() > bottom) bottom = piece.bottom();
    }
    return {left, top, right - left, bottom - top};
}

long Lawn::edge() const {
    long length = 0;
    for (std::size_t at = 0; at < pieces_.size(); ++at) {
        length += 2 * (static_cast<long>(pieces_[at].width) + pieces_[at].height);
        for (std::size_t other = 0; other < at; ++other) {
            length -= 2 * shared_side(pieces_[at], pieces_[other]);
        }
    }
    return length;
}

int Lawn::parts() const {
    std::vector<bool> seen(pieces_.size(), false);
    int count = 0;
    for (std::size_t start = 0; start < pieces_.size(); ++start) {
        if (seen[start]) continue;
        ++count;
        seen[start] = true;
        std::vector<std::size_t> open{start};
        while (!open.empty()) {
            const std::size_t here = open.back();
            open.pop_back();
            for (std::size_t next = 0; next < pieces_.size(); ++next) {
                if (seen[next] || shared_side(pieces_[here], pieces_[next]) == 0) continue;
                seen[next] = true;
                open.push_back(next);
            }
        }
    }
    return count;
}

std::vector<Run> Lawn::runs(int step) const {
    std::vector<Run> found;
    if (step < 1) return found;
    const Rect around = bounds();
    bool to_the_right = true;
    for (int y = around.top; y < around.bottom(); y += step) {
        const std::vector<Run> here = row(y);
        if (here.empty()) continue;
        if (to_the_right) {
            for (const Run& run : here) found.push_back(run);
        } else {
            for (auto run = here.rbegin(); run != here.rend(); ++run) {
                found.push_back({y, run->to, run->from});
            }
        }
        to_the_right = !to_the_right;
    }
    return found;
}

// The runs of one row, from left to right.
std::vector<Run> Lawn::row(int y) const {
    std::vector<Run> runs;
    for (const Rect& piece : pieces_) {
        if (y < piece.top || y >= piece.bottom()) continue;
        std::size_t at = runs.size();
        while (at > 0 && runs[at - 1].from > piece.left) --at;
        runs.insert(runs.begin() + at, {y, piece.left, piece.right()});
    }
    std::vector<Run> joined;
    for (const Run& run : runs) {
        if (!joined.empty() && joined.back().to == run.from) {
            joined.back().to = run.to;
        } else {
            joined.push_back(run);
        }
    }
    return joined;
}
