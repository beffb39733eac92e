// What a cell can show.
#pragma once

#include <string>

struct Value {
    enum class Kind { empty, number, text, error };

    Kind kind = Kind::empty;
    long number = 0;
    std::string text;  // of a text, or the error as it is shown

    static Value of(long number);
    static Value words(std::string text);
    static Value error(const char* shown);

    bool failed() const { return kind == Kind::error; }
};

std::string shown(const Value& value);
