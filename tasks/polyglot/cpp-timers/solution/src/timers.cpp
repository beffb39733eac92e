#include "timers.hpp"

#include <algorithm>

int Timers::after(long delay, Action action) {
    entries_.push_back({next_, now_ + delay, 0, std::move(action)});
    return next_++;
}

int Timers::every(long period, Action action) {
    entries_.push_back({next_, now_ + period, period, std::move(action)});
    return next_++;
}

bool Timers::cancel(int id) {
    auto found = std::find_if(entries_.begin(), entries_.end(),
                              [id](const Entry& entry) { return entry.id == id; });
    if (found == entries_.end()) return false;
    entries_.erase(found);
    return true;
}

void Timers::advance(long time) {
    const long until = now_ + time;
    while (true) {
        auto next = std::min_element(entries_.begin(), entries_.end(),
                                     [](const Entry& one, const Entry& other) {
                                         return one.due != other.due ? one.due < other.due
                                                                     : one.id < other.id;
                                     });
        if (next == entries_.end() || next->due > until) break;
        now_ = next->due;
        Action action = next->action;
        if (next->period > 0) {
            next->due += next->period;
        } else {
            entries_.erase(next);
        }
        action();
    }
    now_ = until;
}

std::size_t Timers::pending() const { return entries_.size(); }
