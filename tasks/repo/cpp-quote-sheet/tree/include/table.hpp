// A part of a sheet as text.
#pragma once

#include <string>

#include "sheet.hpp"

// The cells between two corners in columns: texts to the left, all else to the right.
std::string table(const Sheet& sheet, const Address& one, const Address& other);
