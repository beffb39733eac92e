class TeaKettle {
    private final Water water = new Water(1500);

    void fill(int millilitres) {
        water.add(millilitres);
    }

    int cups() {
        return water.amount() / 200;
    }
}
