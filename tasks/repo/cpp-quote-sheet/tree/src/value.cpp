#include "value.hpp"

Value Value::of(long number) {
    Value value;
    value.kind = Kind::number;
    value.number = number;
    return value;
}

Value Value::words(std::string text) {
    Value value;
    value.kind = Kind::text;
    value.text = std::move(text);
    return value;
}

Value Value::error(const char* shown) {
    Value value;
    value.kind = Kind::error;
    value.text = shown;
    return value;
}

std::string shown(const Value& value) {
    if (value.kind == Value::Kind::number) return std::to_string(value.number);
    return value.text;
}
