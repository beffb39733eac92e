#if !defined(FIRE_BUCKETS_H)
#define FIRE_BUCKETS_H

#include <vector>

namespace fire_buckets {

int a_minute(const std::vector<int>& people);

}  // namespace fire_buckets

#endif  // FIRE_BUCKETS_H
