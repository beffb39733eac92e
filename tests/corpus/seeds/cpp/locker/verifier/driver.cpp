#include "src/locker.hpp"

#include <cstdlib>
#include <iostream>
#include <sstream>

static const char* said(bool good) { return good ? "yes" : "no"; }

int main(int argc, char** argv) {
    for (int i = 1; i < argc; i++) {
        std::string name = argv[i], part;
        std::cout << "== " << name << "\n";
        std::stringstream parts(name);
        std::getline(parts, part, '_');
        while (std::getline(parts, part, '_')) {
            auto dash = part.find('-');
            std::string one = part.substr(0, dash);
            int left = std::atoi(one.c_str());
            int right = dash == std::string::npos ? 0 : std::atoi(part.c_str() + dash + 1);
            if (name.rfind("total", 0) == 0) {
                std::cout << total({4, -1, left, 6}, 5) << "\n";
            } else if (name.rfind("fee", 0) == 0) {
                std::cout << fee(one, right) << "\n";
            } else if (name.rfind("fits", 0) == 0) {
                std::cout << said(fits(left, right)) << "\n";
            } else {
                Gate gate;
                Locker locker{gate};
                bool first = locker.put(left, right);
                bool second = locker.put(1, 1);
                std::cout << said(first) << " " << said(second) << " " << gate.held << " " << locker.left(left, right) << "\n";
            }
        }
        std::cout << "== .\n" << std::flush;
    }
}
