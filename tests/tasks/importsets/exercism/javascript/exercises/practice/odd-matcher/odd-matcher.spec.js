import { hello } from './odd-matcher';

test('says hello', () => {
  expect(hello()).toMatchSnapshot();
});
