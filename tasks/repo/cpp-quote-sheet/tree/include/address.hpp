// Names of cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

struct Address {
    int column;  // 0 is A
    int row;     // 1 to 99
};

inline bool operator<(const Address& one, const Address& other) {
    return one.row != other.row ? one.row < other.row : one.column < other.column;
}

inline bool operator==(const Address& one, const Address& other) {
    return one.row == other.row && one.column == other.column;
}

// Reads `B7`; whether it is one.
bool read_address(std::string_view text, Address& address);

std::string name(const Address& address);

// All cells of the rectangle with these two corners, row by row.
std::vector<Address> cells_between(const Address& one, const Address& other);
