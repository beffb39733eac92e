#include "pattern.hpp"

namespace {

// Whether `text` from `at` on is matched by `pattern` from `from` on.
bool matched(std::string_view pattern, std::size_t from, std::string_view text, std::size_t at) {
    while (from < pattern.size()) {
        if (pattern[from] == '*') {
            for (std::size_t end = at; end <= text.size(); ++end) {
                if (matched(pattern, from + 1, text, end)) return true;
                if (end < text.size() && text[end] == '/') return false;
            }
            return false;
        }
        if (at == text.size()) return false;
        if (pattern[from] == '?' ? text[at] == '/' : pattern[from] != text[at]) return false;
        ++from;
        ++at;
    }
    return at == text.size();
}

}  // namespace

bool matches(std::string_view pattern, std::string_view path) {
    return matched(pattern, 0, path, 0);
}
