#include "address.hpp"

bool read_address(std::string_view text, Address& address) {
    if (text.size() < 2 || text.size() > 3) return false;
    if (text[0] < 'A' || text[0] > 'Z') return false;
    int row = 0;
    for (char digit : text.substr(1)) {
        if (digit < '0' || digit > '9') return false;
        row = row * 10 + (digit - '0');
    }
    if (row == 0 || text[1] == '0') return false;
    address = {text[0] - 'A', row};
    return true;
}

std::string name(const Address& address) {
    return static_cast<char>('A' + address.column) + std::to_string(address.row);
}

std::vector<Address> cells_between(const Address& one, const Address& other) {
    const int top = one.row < other.row ? one.row : other.row;
    const int bottom = one.row < other.row ? other.row : one.row;
    const int left = one.column < other.column ? one.column : other.column;
    const int right = one.column < other.column ? other.column : one.column;
    std::vector<Address> cells;
    for (int row = top; row <= bottom; ++row) {
        for (int column = left; column <= right; ++column) cells.push_back({column, row});
    }
    return cells;
}
