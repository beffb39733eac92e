// Calculates formulas.
#pragma once

#include "formula.hpp"
#include "value.hpp"

// Where the values of other cells come from.
class Source {
public:
    virtual ~Source() = default;
    virtual const Value& value(const Address& cell) const = 0;
};

Value evaluate(const Formula& formula, const Source& source);
