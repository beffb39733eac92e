#include "evaluate.hpp"

namespace {

// A number for a calculation: empty is 0, a text is an error.
Value as_number(const Value& value) {
    if (value.kind == Value::Kind::empty) return Value::of(0);
    if (value.kind == Value::Kind::text) return Value::error("#TEXT");
    return value;
}

Value divided(long dividend, long divisor) {
    if (divisor == 0) return Value::error("#DIV");
    const bool negative = (dividend < 0) != (divisor < 0);
    const long up = dividend < 0 ? -dividend : dividend;
    const long down = divisor < 0 ? -divisor : divisor;
    const long rounded = (up + down / 2) / down;
    return Value::of(negative ? -rounded : rounded);
}

Value binary(const std::string& sign, long left, long right) {
    if (sign == "+") return Value::of(left + right);
    if (sign == "-") return Value::of(left - right);
    if (sign == "*") return Value::of(left * right);
    if (sign == "/") return divided(left, right);
    if (sign == "<") return Value::of(left < right);
    if (sign == "<=") return Value::of(left <= right);
    if (sign == ">") return Value::of(left > right);
    if (sign == ">=") return Value::of(left >= right);
    if (sign == "=") return Value::of(left == right);
    return Value::of(left != right);
}

// The numbers that a function is given; false when one of them is an error, which is in `failure`.
bool numbers(const Formula& call, const Source& source, std::vector<long>& found, Value& failure) {
    for (const auto& part : call.parts) {
        std::vector<Value> values;
        if (part->kind == Formula::Kind::range) {
            for (const Address& cell : cells_between(part->cell, part->other)) {
                values.push_back(source.value(cell));
            }
        } else {
            values.push_back(as_number(evaluate(*part, source)));
        }
        for (const Value& value : values) {
            if (value.failed()) {
                failure = value;
                return false;
            }
            if (value.kind == Value::Kind::number) found.push_back(value.number);
        }
    }
    return true;
}

Value called(const Formula& call, const Source& source) {
    if (call.word == "IF") {
        const Value condition = as_number(evaluate(*call.parts[0], source));
        if (condition.failed()) return condition;
        return evaluate(*call.parts[condition.number != 0 ? 1 : 2], source);
    }
    std::vector<long> found;
    Value failure;
    if (!numbers(call, source, found, failure)) return failure;
    if (call.word == "COUNT") return Value::of(static_cast<long>(found.size()));
    long result = 0;
    bool first = true;
    for (long number : found) {
        if (call.word == "SUM") result += number;
        else if (first) result = number;
        else if (call.word == "MIN" && number < result) result = number;
        else if (call.word == "MAX" && number > result) result = number;
        first = false;
    }
    return Value::of(result);
}

}  // namespace

Value evaluate(const Formula& formula, const Source& source) {
    switch (formula.kind) {
        case Formula::Kind::number:
            return Value::of(formula.number);
        case Formula::Kind::cell:
            return source.value(formula.cell);
        case Formula::Kind::range:
            return Value::error("#BAD");
        case Formula::Kind::call:
            return called(formula, source);
        case Formula::Kind::negative: {
            const Value value = as_number(evaluate(*formula.parts[0], source));
            return value.failed() ? value : Value::of(-value.number);
        }
        case Formula::Kind::binary:
            break;
    }
    const Value left = as_number(evaluate(*formula.parts[0], source));
    if (left.failed()) return left;
    const Value right = as_number(evaluate(*formula.parts[1], source));
    if (right.failed()) return right;
    return binary(formula.word, left.number, right.number);
}
