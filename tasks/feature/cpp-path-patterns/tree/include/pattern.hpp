// Patterns for paths; the README says what they mean.
#pragma once

#include <string_view>

// Whether the whole of `path` is matched by `pattern`.
bool matches(std::string_view pattern, std::string_view path);
