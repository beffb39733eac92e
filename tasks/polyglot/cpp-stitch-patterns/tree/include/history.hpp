// What was drawn, step by step, to be taken back.
#pragma once

#include <vector>

#include "pattern.hpp"

class History {
public:
    explicit History(Pattern first) : now_(first) {}

    const Pattern& now() const { return now_; }

    // Puts another pattern in place of the present one. What was taken back is gone then.
    void change(const Pattern& next);

    // Goes a step back, or forward again; false when there is none.
    bool undo();
    bool redo();

private:
    Pattern now_;
    std::vector<Pattern> before_;
    std::vector<Pattern> after_;
};
