"""What JobSphere is made of that others wrote: the list (`make sbom`), the licences, the known holes (`make audit`)."""
