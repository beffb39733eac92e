#include "pattern.hpp"

namespace {

// The end of the class that begins at `from`, just after its `]`; npos when it never ends.
std::size_t class_end(std::string_view pattern, std::size_t from) {
    std::size_t at = from + 1;
    if (at < pattern.size() && pattern[at] == '!') ++at;
    if (at < pattern.size() && pattern[at] == ']') ++at;
    while (at < pattern.size() && pattern[at] != ']') ++at;
    return at < pattern.size() ? at + 1 : std::string_view::npos;
}

// Whether a class, given without its brackets, has the character.
bool in_class(std::string_view inside, char c) {
    bool wanted = true;
    if (!inside.empty() && inside[0] == '!') {
        wanted = false;
        inside.remove_prefix(1);
    }
    for (std::size_t at = 0; at < inside.size(); ++at) {
        if (at + 2 < inside.size() && inside[at + 1] == '-') {
            if (inside[at] <= c && c <= inside[at + 2]) return wanted;
            at += 2;
        } else if (inside[at] == c) {
            return wanted;
        }
    }
    return !wanted;
}

// Whether `text` from `at` on is matched by `pattern` from `from` on.
bool matched(std::string_view pattern, std::size_t from, std::string_view text, std::size_t at) {
    while (from < pattern.size()) {
        const bool begins_part = from == 0 || pattern[from - 1] == '/';
        if (begins_part && pattern.substr(from, 3) == "**/") {
            for (std::size_t end = at; end <= text.size(); ++end) {
                const bool begins = end == 0 || text[end - 1] == '/';
                if (begins && matched(pattern, from + 3, text, end)) return true;
            }
            return false;
        }
        if (pattern[from] == '*') {
            for (std::size_t end = at; end <= text.size(); ++end) {
                if (matched(pattern, from + 1, text, end)) return true;
                if (end < text.size() && text[end] == '/') return false;
            }
            return false;
        }
        if (at == text.size()) return false;
        const std::size_t end =
            pattern[from] == '[' ? class_end(pattern, from) : std::string_view::npos;
        if (end != std::string_view::npos) {
            const std::string_view inside = pattern.substr(from + 1, end - from - 2);
            if (text[at] == '/' || !in_class(inside, text[at])) return false;
            from = end;
        } else {
            if (pattern[from] == '?' ? text[at] == '/' : pattern[from] != text[at]) return false;
            ++from;
        }
        ++at;
    }
    return at == text.size();
}

}  // namespace

bool matches(std::string_view pattern, std::string_view path) {
    return matched(pattern, 0, path, 0);
}
