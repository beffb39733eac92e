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
    now_ += time;
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        if (entry->due > now_) {
            ++entry;
            continue;
        }
        entry->action();
        if (entry->period > 0) {
            entry->due += entry->period;
            ++entry;
        } else {
            entry = entries_.erase(entry);
        }
    }
}

std::size_t Timers::pending() const { return entries_.size(); }
