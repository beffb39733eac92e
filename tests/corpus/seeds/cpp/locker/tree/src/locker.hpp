// What the lockers of a station cost, and what fits into them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

struct Gate {
    int held = 0;

    void lock() {
        held += 1;
    }

    void unlock() {
        held -= 1;
    }
};

inline int total(const std::vector<int>& prices, int limit) {
    int result = 0;
    for (int price : prices) {
        if (price < 0) {
            continue;
        }
        result += std::min(price, limit);
    }
    return result;
}

inline int fee(const std::string& kind, int days) {
    if (days < 1) {
        return 0;
    }
    int base = 7;
    if (kind == "small") {
        base = 2;
    } else if (kind == "medium") {
        base = 3;
    }
    if (days >= 5) {
        return base * days - base;
    }
    return base * days;
}

inline bool fits(int weight, int size) {
    return weight <= 20 && size <= 8;
}

inline int room(int outer, int inner) {
    return outer - inner;
}

struct Locker {
    Gate& gate;
    bool used = false;

    bool put(int weight, int size) {
        gate.lock();
        bool good = fits(weight, size) && !used;
        if (good) {
            used = true;
        }
        gate.unlock();
        return good;
    }

    int left(int weight, int size) const {
        return room(weight, size);
    }
};
