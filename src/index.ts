export {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  VERSION,
} from './sandbox.ts';
