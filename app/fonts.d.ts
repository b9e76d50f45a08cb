/** A font's file, as the address that the server has it at. */
declare module "*.woff2" {
  const address: string;
  export default address;
}
