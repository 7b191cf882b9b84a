import { runProgram } from './cli/program.js';

void runProgram(__dirname);
