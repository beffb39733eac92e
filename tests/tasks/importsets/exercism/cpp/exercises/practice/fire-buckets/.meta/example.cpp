#include "fire_buckets.h"

#include <algorithm>
#include <stdexcept>

namespace fire_buckets {

int a_minute(const std::vector<int>& people) {
    if (people.empty()) return 0;
    const int slowest = *std::min_element(people.begin(), people.end());
    if (slowest < 0) throw std::domain_error("hands slower than zero");
    return slowest;
}

}  // namespace fire_buckets
