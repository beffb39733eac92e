// A sheet: cells with texts, numbers and formulas.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "address.hpp"
#include "evaluate.hpp"
#include "graph.hpp"
#include "value.hpp"

class Sheet : private Source {
public:
    // Writes into a cell, and calculates what depends on it.
    void set(const Address& cell, const std::string& input);

    // What was written into a cell, and what it shows.
    std::string input(const Address& cell) const;
    const Value& value(const Address& cell) const override;

    // How often a formula was calculated since the sheet was made.
    long calculations() const { return calculations_; }

private:
    struct Cell {
        std::string input;
        std::shared_ptr<Formula> formula;
        Value value;
    };

    Value calculated(const Address& at, const Cell& cell);

    std::map<Address, Cell> cells_;
    Graph graph_;
    long calculations_ = 0;
};
