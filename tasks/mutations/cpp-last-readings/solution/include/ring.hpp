// A ring of the last readings: the newest overwrite the oldest.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

template <std::size_t Capacity>
class Ring {
    static_assert(Capacity > 0, "a ring has room for at least one reading");

public:
    // Puts a reading in; when the ring is full the oldest one goes. Returns whether one went.
    bool push(int reading) {
        const bool full = size_ == Capacity;
        items_[(first_ + size_) % Capacity] = reading;
        if (full) {
            first_ = (first_ + 1) % Capacity;
        } else {
            ++size_;
        }
        return full;
    }

    // Takes the oldest reading out.
    std::optional<int> pop() {
        if (empty()) return std::nullopt;
        const int reading = items_[first_];
        first_ = (first_ + 1) % Capacity;
        --size_;
        return reading;
    }

    // The reading `ago` steps before the newest one: `back(0)` is the newest.
    std::optional<int> back(std::size_t ago = 0) const {
        if (ago >= size_) return std::nullopt;
        return items_[(first_ + size_ - 1 - ago) % Capacity];
    }

    // The mean of the newest `count` readings, of all when there are fewer; nothing when empty.
    std::optional<double> mean(std::size_t count = Capacity) const {
        if (empty() || count == 0) return std::nullopt;
        const std::size_t used = count < size_ ? count : size_;
        double sum = 0;
        for (std::size_t ago = 0; ago < used; ++ago) sum += *back(ago);
        return sum / static_cast<double>(used);
    }

    // Whether the newest reading is above all others by at least `step`.
    bool jumped(int step) const {
        if (size_ < 2) return false;
        for (std::size_t ago = 1; ago < size_; ++ago) {
            if (*back() - *back(ago) < step) return false;
        }
        return true;
    }

    // The readings from the oldest to the newest, each given to `visit`.
    template <typename Visit>
    void each(Visit visit) const {
        for (std::size_t at = 0; at < size_; ++at) visit(items_[(first_ + at) % Capacity]);
    }

    void clear() { size_ = 0; }
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }

private:
    std::array<int, Capacity> items_{};
    std::size_t first_ = 0;
    std::size_t size_ = 0;
};
