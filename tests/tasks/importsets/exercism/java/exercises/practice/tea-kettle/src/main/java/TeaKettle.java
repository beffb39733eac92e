class TeaKettle {
    void fill(int millilitres) {
        throw new UnsupportedOperationException("Delete this statement and write your own.");
    }

    int cups() {
        throw new UnsupportedOperationException("Delete this statement and write your own.");
    }
}
