// Reads formulas.
#pragma once

#include <memory>
#include <string_view>

#include "formula.hpp"

// The formula without its `=`; nothing when it cannot be read.
std::unique_ptr<Formula> read_formula(std::string_view text);
