// Timers that run when somebody says that time has passed. One thread; times in milliseconds.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

class Timers {
public:
    using Action = std::function<void()>;

    // Runs `action` once, `delay` from now. Returns a number for `cancel`.
    int after(long delay, Action action);

    // Runs `action` again and again, every `period` (at least 1), for the first time in `period`.
    int every(long period, Action action);

    // Whether there was such a timer; it will not run any more. An action may cancel any timer, its
    // own included, and set new ones.
    bool cancel(int id);

    // Lets `time` pass. Everything that falls due meanwhile runs, in order of its time, of equal
    // times the one that was made first; also what actions set up that falls due meanwhile. In an
    // action it is the time at which the action was due.
    void advance(long time);

    // The time since the start.
    long now() const { return now_; }

    // How many timers will still run.
    std::size_t pending() const;

private:
    struct Entry {
        int id;
        long due;
        long period;  // 0: once
        Action action;
    };

    std::vector<Entry> entries_;
    long now_ = 0;
    int next_ = 1;
};
