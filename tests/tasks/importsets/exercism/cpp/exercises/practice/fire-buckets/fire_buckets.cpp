#include "fire_buckets.h"

namespace fire_buckets {

// TODO: add your solution here

}  // namespace fire_buckets
