const grain = COMPILE_CONTEXT?.securityContext?.sale_grain ?? 'lines';

/** Sales from their lines, or from sums of them: queryRewrite chooses, and the model is compiled for each grain. */
cube('base_sale_lines', {
  extends: sale_members,
  sql_table: `crm.sale_slices_${grain}`,
  sql_alias: 'sales',
  public: false,
  description: 'Lines of orders, or sums of them, with their order, product and account.',
});
