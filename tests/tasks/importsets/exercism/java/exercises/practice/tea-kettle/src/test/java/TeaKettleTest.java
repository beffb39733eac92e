import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

public class TeaKettleTest {
    private TeaKettle kettle;

    @BeforeEach
    public void setUp() {
        kettle = new TeaKettle();
    }

    @Test
    public void anEmptyKettle() {
        assertEquals(0, kettle.cups());
    }

    @Disabled("Remove to run test")
    @Test
    public void wholeCupsOnly() {
        kettle.fill(399);
        kettle.fill(100);
        assertEquals(2, kettle.cups());
    }

    @Disabled("Remove to run test")
    @Test
    public void tooMuchStaysOut() {
        kettle.fill(1000);
        assertThrows(IllegalArgumentException.class, () -> kettle.fill(501));
        assertEquals(5, kettle.cups());
    }
}
