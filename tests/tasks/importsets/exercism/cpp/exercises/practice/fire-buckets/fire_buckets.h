#if !defined(FIRE_BUCKETS_H)
#define FIRE_BUCKETS_H

namespace fire_buckets {

// TODO: add your solution here

}  // namespace fire_buckets

#endif  // FIRE_BUCKETS_H
