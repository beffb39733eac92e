import { describe, expect, jest, test, xtest } from '@jest/globals';
import { Light } from './light-house';

describe('Light', () => {
  let light;
  beforeEach(() => {
    light = new Light('-. ');
  });

  test('has a period', () => {
    expect(light.period).toBe(5);
  });

  xtest('shines and does not', () => {
    expect([0, 2, 3, 4].map((second) => light.at(second))).toEqual([true, true, true, false]);
  });

  describe('that is watched', () => {
    xtest('calls back each second', () => {
      const see = jest.fn();
      light.watch(6, see);
      expect(see).toHaveBeenCalledTimes(6);
      expect(see).toHaveBeenLastCalledWith(true);
    });

    xtest('counts its light', () => expect(light.watch(11, () => {})).resolves.toBe(9));
  });

  xtest("knows no other sign, not even '_'", () => {
    expect(() => new Light('-_')).toThrow(new Error('unknown sign _'));
    expect(() => new Light('. .')).not.toThrow();
  });
});
