// A formula that was read: a tree.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "address.hpp"

struct Formula {
    enum class Kind { number, cell, range, negative, binary, call };

    Kind kind;
    long number = 0;
    Address cell{};   // of a cell; the first corner of a range
    Address other{};  // the second corner
    std::string word;  // the operator, or the function's name
    std::vector<std::unique_ptr<Formula>> parts;
};

// Every cell that the formula uses, in the order in which it names them.
std::vector<Address> cells_of(const Formula& formula);
