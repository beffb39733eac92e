#include "box.hpp"

namespace {

const int STOP = 30;

int seconds_in(const Section& section, const Train& train) {
    int speed = section.limit;
    if (train.speed < speed) speed = train.speed;
    const int tenths = speed * 10;
    int taken = (section.metres * 36 + tenths - 1) / tenths;
    if (train.stops && section.platform) taken += STOP;
    return taken;
}

}  // namespace

Box::Box(Sections sections) : sections_(std::move(sections)) {}

Answer Box::set(const Train& train, const std::vector<int>& route) {
    const Answer answer = checked(train, route);
    if (answer != Answer::done) return answer;
    return lock_all(train, route);
}

Answer Box::ask(const Train& train, const std::vector<int>& route) {
    const Answer answer = checked(train, route);
    if (answer != Answer::done) return answer;
    const Answer locked = lock_all(train, route);
    if (locked != Answer::done) waiting_.push_back({train, route, -1, 0});
    return locked;
}

Answer Box::move(int train) {
    const int at = find(runs_, train);
    if (at < 0) return Answer::unknown;
    Run& run = runs_[at];
    const int last = static_cast<int>(run.route.size()) - 1;
    if (run.head == last) {
        for (int place = run.tail; place <= last; ++place) sections_.unlock(run.route[place]);
        runs_.erase(runs_.begin() + at);
        serve();
        return Answer::done;
    }
    ++run.head;
    int covered = 0;
    int first = run.head;
    while (first > 0) {
        covered += sections_.at(run.route[first]).metres;
        if (covered >= run.train.metres) break;
        --first;
    }
    while (run.tail < first) {
        sections_.unlock(run.route[run.tail]);
        ++run.tail;
    }
    serve();
    return Answer::done;
}

Answer Box::cancel(int train) {
    const int queued = find(waiting_, train);
    if (queued >= 0) {
        waiting_.erase(waiting_.begin() + queued);
        return Answer::done;
    }
    const int at = find(runs_, train);
    if (at < 0) return Answer::unknown;
    Run& run = runs_[at];
    const int keep = run.head + 1;
    while (static_cast<int>(run.route.size()) > keep) {
        sections_.unlock(run.route.back());
        run.route.pop_back();
    }
    if (run.route.empty()) runs_.erase(runs_.begin() + at);
    serve();
    return Answer::done;
}

Answer Box::close(int section) {
    if (!sections_.valid(section) || sections_.closed(section)) return Answer::bad_route;
    return sections_.close(section) ? Answer::done : Answer::busy;
}

Answer Box::open(int section) {
    if (!sections_.valid(section)) return Answer::bad_route;
    if (!sections_.open(section)) return Answer::bad_route;
    serve();
    return Answer::done;
}

int Box::seconds(int train) const {
    const int at = find(runs_, train);
    if (at < 0) return -1;
    const Run& run = runs_[at];
    int total = 0;
    for (std::size_t place = run.head + 1; place < run.route.size(); ++place) {
        total += seconds_in(sections_.at(run.route[place]), run.train);
    }
    return total;
}

std::string Box::panel() const {
    std::string shown;
    for (int section = 0; section < sections_.size(); ++section) {
        const int holder = sections_.holder(section);
        if (sections_.closed(section)) {
            shown += '#';
        } else if (holder == 0) {
            shown += '.';
        } else {
            shown += static_cast<char>('0' + holder % 10);
        }
    }
    return shown;
}

std::vector<int> Box::waiting() const {
    std::vector<int> numbers;
    for (const Run& run : waiting_) numbers.push_back(run.train.number);
    return numbers;
}

Answer Box::checked(const Train& train, const std::vector<int>& route) const {
    if (find(runs_, train.number) >= 0 || find(waiting_, train.number) >= 0) return Answer::twice;
    if (route.empty()) return Answer::bad_route;
    for (std::size_t place = 0; place < route.size(); ++place) {
        if (!sections_.valid(route[place])) return Answer::bad_route;
        if (place > 0 && !sections_.linked(route[place - 1], route[place])) {
            return Answer::bad_route;
        }
        for (std::size_t before = 0; before < place; ++before) {
            if (route[before] == route[place]) return Answer::bad_route;
        }
    }
    const Section& end = sections_.at(route.back());
    if (end.platform && train.metres > end.metres) return Answer::too_long;
    return Answer::done;
}

Answer Box::lock_all(const Train& train, const std::vector<int>& route) {
    for (int section : route) {
        if (sections_.closed(section)) return Answer::closed;
    }
    for (std::size_t place = 0; place < route.size(); ++place) {
        if (sections_.lock(route[place], train.number)) continue;
        for (std::size_t before = 0; before < place; ++before) sections_.unlock(route[before]);
        return Answer::busy;
    }
    runs_.push_back({train, route, -1, 0});
    return Answer::done;
}

void Box::serve() {
    std::size_t at = 0;
    while (at < waiting_.size()) {
        const Run next = waiting_[at];
        if (lock_all(next.train, next.route) == Answer::done) {
            waiting_.erase(waiting_.begin() + at);
        } else {
            ++at;
        }
    }
}

int Box::find(const std::vector<Run>& runs, int train) const {
    for (std::size_t at = 0; at < runs.size(); ++at) {
        if (runs[at].train.number == train) return static_cast<int>(at);
    }
    return -1;
}
