// The library is a header; this keeps the build rules of all our libraries alike.
