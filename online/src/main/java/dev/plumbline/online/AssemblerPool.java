package dev.plumbline.online;

import dev.plumbline.vector.VectorAssembler;
import dev.plumbline.vector.VectorAssembly;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Assemblers of one plan, each used by one call at a time. Filled when the plan of a service is
 * compiled; the first call by a list of references makes one, of classes that are loaded.
 */
final class AssemblerPool {
  private final VectorAssembly assembly;
  private final ConcurrentLinkedQueue<VectorAssembler> idle = new ConcurrentLinkedQueue<>();

  AssemblerPool(VectorAssembly assembly, int ready) {
    this.assembly = assembly;
    for (int i = 0; i < ready; i++) {
      idle.add(assembly.assembler());
    }
  }

  void run(Consumer<VectorAssembler> work) {
    VectorAssembler found = idle.poll();
    VectorAssembler assembler = found == null ? assembly.assembler() : found;
    try {
      work.accept(assembler);
    } finally {
      idle.add(assembler);
    }
  }
}
