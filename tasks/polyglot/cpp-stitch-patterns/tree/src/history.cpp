#include "history.hpp"

void History::change(const Pattern& next) {
    before_.push_back(now_);
    after_.clear();
    now_ = next;
}

bool History::undo() {
    if (before_.empty()) return false;
    after_.push_back(now_);
    now_ = before_.back();
    before_.pop_back();
    return true;
}

bool History::redo() {
    if (after_.empty()) return false;
    before_.push_back(now_);
    now_ = after_.back();
    after_.pop_back();
    return true;
}
