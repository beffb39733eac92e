export const hello = () => '';
