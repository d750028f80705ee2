package io.assay.web.access;

import org.springframework.data.repository.Repository;

/** Projects by name. */
interface ProjectRepository extends Repository<Project, String> {
  boolean existsById(String name);

  Project save(Project project);
}
