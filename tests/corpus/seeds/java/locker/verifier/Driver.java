public final class Driver {
    static String said(boolean good) {
        return good ? "yes" : "no";
    }

    static int number(String text) {
        return text.matches("\\d+") ? Integer.parseInt(text) : 0;
    }

    public static void main(String[] names) {
        for (String name : names) {
            System.out.println("== " + name);
            String[] parts = name.split("_");
            for (int i = 1; i < parts.length; i++) {
                String[] pair = (parts[i] + "-0").split("-");
                int left = number(pair[0]);
                int right = number(pair[1]);
                if (name.startsWith("total")) {
                    System.out.println(Locker.total(new int[] {4, -1, left, 6}, 5));
                } else if (name.startsWith("fee")) {
                    System.out.println(Locker.fee(pair[0], right));
                } else if (name.startsWith("fits")) {
                    System.out.println(said(Locker.fits(left, right)));
                } else {
                    Locker.Gate gate = new Locker.Gate();
                    Locker locker = new Locker(gate);
                    boolean first = locker.put(left, right);
                    boolean second = locker.put(1, 1);
                    System.out.println(said(first) + " " + said(second) + " " + gate.held() + " " + locker.left(left, right));
                }
            }
            System.out.println("== .");
            System.out.flush();
        }
    }
}
