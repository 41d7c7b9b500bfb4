// dependency-cruiser reads TSX neither with TypeScript 7 nor with swc. So it gets from each file what it needs, the
// imports and exports of values, and nothing else; Babel's parser knows the syntax by itself.

const isOfTypes = ({ importKind, exportKind }) => (importKind ?? exportKind) === 'type';
const isOfValues = ({ source, specifiers = [], ...node }) =>
  source && !isOfTypes(node) && !(specifiers.length > 0 && specifiers.every(isOfTypes));

const onlyImports = {
  visitor: {
    Program(path) {
      const dynamic = [];
      path.traverse({
        Import({ parentPath }) {
          dynamic.push(parentPath.node);
        },
      });
      const expressions = dynamic.map((expression) => ({ type: 'ExpressionStatement', expression }));
      path.node.body = [...path.node.body.filter(isOfValues), ...expressions];
      path.stop();
    },
  },
};

export default {
  parserOpts: { plugins: ['typescript', 'jsx'] },
  plugins: [onlyImports],
  configFile: false,
  babelrc: false,
};
