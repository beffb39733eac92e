class Water {
    private final int most;
    private int amount;

    Water(int most) {
        this.most = most;
    }

    void add(int millilitres) {
        if (millilitres < 0 || amount + millilitres > most) {
            throw new IllegalArgumentException("it does not fit");
        }
        amount += millilitres;
    }

    int amount() {
        return amount;
    }
}
