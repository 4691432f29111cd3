"""Reading input about schemes and evaluations: shapes and widgets."""
